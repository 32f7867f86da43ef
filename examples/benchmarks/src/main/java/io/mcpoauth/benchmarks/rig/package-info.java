/** What is measured and what stands around it: servers, databases, grants. */
@NullMarked
package io.mcpoauth.benchmarks.rig;

import org.jspecify.annotations.NullMarked;

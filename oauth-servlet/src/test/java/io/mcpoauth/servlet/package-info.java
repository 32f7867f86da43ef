/** Tests of the module as a whole. There is no such package in it: javadoc fails on empty ones. */
@NullMarked
package io.mcpoauth.servlet;

import org.jspecify.annotations.NullMarked;

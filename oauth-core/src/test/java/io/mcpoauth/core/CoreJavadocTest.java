package io.mcpoauth.core;

import io.mcpoauth.core.contract.JavadocContract;

class CoreJavadocTest extends JavadocContract {}

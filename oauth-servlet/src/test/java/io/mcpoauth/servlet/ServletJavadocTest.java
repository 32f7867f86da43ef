package io.mcpoauth.servlet;

import io.mcpoauth.core.contract.JavadocContract;

class ServletJavadocTest extends JavadocContract {}

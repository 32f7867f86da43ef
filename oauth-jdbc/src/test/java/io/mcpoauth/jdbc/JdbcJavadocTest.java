package io.mcpoauth.jdbc;

import io.mcpoauth.core.contract.JavadocContract;

class JdbcJavadocTest extends JavadocContract {}

package io.mcpoauth.jdbc;

import io.mcpoauth.core.contract.PublicApi;
import io.mcpoauth.core.contract.PublicApiContract;

class JdbcApiTest extends PublicApiContract {

  private static final PublicApi API =
      PublicApi.of(
          type -> type.getName().startsWith("io.mcpoauth.jdbc."),
          PostgresStorage.class,
          Schema.class);

  @Override
  protected PublicApi api() {
    return API;
  }

  @Override
  protected String module() {
    return "oauth-jdbc";
  }
}

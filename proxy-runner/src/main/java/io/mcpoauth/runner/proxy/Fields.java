package io.mcpoauth.runner.proxy;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;

/** Header fields between Jetty and the policy that every engine shares. */
final class Fields {

  private Fields() {}

  /** All field lines in order. */
  static List<HeaderField> of(HttpFields fields) {
    List<HeaderField> lines = new ArrayList<>(fields.size());
    for (HttpField field : fields) {
      String value = field.getValue();
      lines.add(new HeaderField(field.getName(), value == null ? "" : value));
    }
    return lines;
  }

  /** Adds them to a response. */
  static void put(List<HeaderField> fields, Response response) {
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase("Date")) {
        // Jetty writes one of its own, which must not stand beside it.
        response.getHeaders().put(field.name(), field.value());
      } else {
        response.getHeaders().add(field.name(), field.value());
      }
    }
  }
}

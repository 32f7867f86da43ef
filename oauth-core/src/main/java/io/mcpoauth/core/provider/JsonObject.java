package io.mcpoauth.core.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a provider sent, read as strictly as all others (UP-10). It may hold tokens:
 * nothing prints it.
 */
final class JsonObject {

  private final JsonNode node;

  private JsonObject(JsonNode node) {
    this.node = node;
  }

  /** The object; empty when the text is anything else. */
  static Optional<JsonObject> parse(String text) {
    return Json.parse(text).filter(ObjectNode.class::isInstance).map(JsonObject::new);
  }

  /** The objects of an array, anything else in it left out; empty when it is not an array. */
  static Optional<List<JsonObject>> parseArray(String text) {
    return Json.parse(text).filter(JsonNode::isArray).map(JsonObject::objectsOf);
  }

  /** The objects of that array, anything else in it left out; null when it is not an array. */
  @Nullable List<JsonObject> objects(String name) {
    JsonNode value = node.path(name);
    return value.isArray() ? objectsOf(value) : null;
  }

  /** The text of that member; null when it is absent, empty or no string. */
  @Nullable String text(String name) {
    JsonNode value = node.path(name);
    return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
  }

  /** The texts of that array, null when the member is absent or no array. */
  @Nullable List<String> texts(String name) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    value.forEach(
        element -> {
          if (element.isTextual()) {
            texts.add(element.textValue());
          }
        });
    return texts;
  }

  /**
   * The text of that member as it may stand in a header or on a page; null when it is absent,
   * blank, longer than that many characters or has control characters.
   */
  @Nullable String line(String name, int maxLength) {
    String text = text(name);
    boolean usable =
        text != null
            && !text.isBlank()
            && text.length() <= maxLength
            && text.chars().noneMatch(Character::isISOControl);
    return usable ? text : null;
  }

  /** The whole number of that member, also when it stands in quotes; null when it is none. */
  @Nullable Long number(String name) {
    JsonNode value = node.path(name);
    if (value.isNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    String text = text(name);
    return text != null && text.matches("-?\\d{1,15}") ? Long.valueOf(text) : null;
  }

  /** The member when it is a whole number, as text; null when it is not. */
  @Nullable String numericId(String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() ? value.asText() : null;
  }

  /** Whether that member is {@code true}, or the text {@code "true"} as some providers send it. */
  boolean isTrue(String name) {
    JsonNode value = node.path(name);
    return value.isBoolean() ? value.booleanValue() : "true".equals(text(name));
  }

  private static List<JsonObject> objectsOf(JsonNode array) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isObject()) {
        objects.add(new JsonObject(element));
      }
    }
    return List.copyOf(objects);
  }
}

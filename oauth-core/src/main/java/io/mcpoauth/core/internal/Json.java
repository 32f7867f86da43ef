package io.mcpoauth.core.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON reader: strict, since two readers that differ on a document are a hole (RFC 8259
 * section 4). No doubled members, no trailing text, no deep nesting, no huge numbers, no text that
 * cannot be stored.
 */
public final class Json {

  private static final int MAX_DEPTH = 32;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads an object; empty when the text is anything else, or malformed in any way. */
  public static Optional<ObjectNode> parseObject(String text) {
    return parse(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
  }

  /** Reads a document of any type; empty when it is malformed in any way. */
  public static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(Json::isStorable);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * NUL and lone surrogates can be escaped in JSON, but stand in no database (HP-11, HP-12); a
   * number beyond those that there are would be read as infinite (RG-12).
   */
  private static boolean isStorable(JsonNode node) {
    if (node.isTextual()) {
      return isStorable(node.textValue());
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!isStorable(member.getKey())) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!isStorable(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A member that is a string; null when it is absent or of another type. */
  public static @Nullable String text(ObjectNode object, String name) {
    JsonNode member = object.get(name);
    return member != null && member.isTextual() ? member.textValue() : null;
  }

  /** A member that must be a string in a document of our own making. */
  public static String requiredText(ObjectNode object, String name) {
    String value = text(object, name);
    if (value == null) {
      throw new IllegalStateException("a stored document has no member " + name);
    }
    return value;
  }

  /** The text of a document. */
  public static String write(ObjectNode object) {
    return write((Object) object);
  }

  /** The text of a document whose members stand in the map's order. */
  public static String write(Map<String, ?> object) {
    return write((Object) object);
  }

  private static String write(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document of plain values can be written", e);
    }
  }
}

package io.mcpoauth.examples.customstorage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;

/** Facts as JSON text. Most are records, whose components become members. */
final class Facts {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // Of a record its components, and not what it says about itself.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(
              new SimpleModule()
                  .addSerializer(new AsText<>(Instant.class, Instant::toString))
                  .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse))
                  .addSerializer(new AsText<>(Sealed.class, s -> base64(s.toBytes())))
                  .addDeserializer(
                      Sealed.class,
                      new FromText<>(Sealed.class, text -> Sealed.ofStored(bytes(text))))
                  .addSerializer(new AsText<>(SecretHash.class, h -> base64(h.toBytes())))
                  .addDeserializer(
                      SecretHash.class,
                      new FromText<>(SecretHash.class, text -> SecretHash.ofStored(bytes(text)))))
          .build();

  private Facts() {}

  static String write(Object fact) {
    try {
      return JSON.writeValueAsString(fact);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fact has no form in JSON", e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      // Not with its message, which would quote what is stored.
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read");
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static final class AsText<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> text;

    AsText(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(text.apply(value));
    }
  }

  private static final class FromText<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> value;

    FromText(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return value.apply(json.getValueAsString());
    }
  }
}

package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.servlet.message.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Public documents that anyone may keep for a while (MD-10). */
public final class DocumentAnswers {

  private static final int TAG_BYTES = 16;

  private DocumentAnswers() {}

  /**
   * The document, or 304 when the caller has it.
   *
   * @param ifNoneMatch the {@code If-None-Match} field; null when there is none
   */
  public static Answer document(String json, @Nullable String ifNoneMatch) {
    String tag = "\"" + digest(json) + "\"";
    boolean known = ifNoneMatch != null && ifNoneMatch.contains(tag);
    return (known ? Answer.empty(304) : Answer.json(200, json))
        .with("Cache-Control", "public, max-age=3600")
        .with("ETag", tag);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

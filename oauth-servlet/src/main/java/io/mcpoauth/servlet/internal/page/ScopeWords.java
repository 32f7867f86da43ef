package io.mcpoauth.servlet.internal.page;

import java.util.Map;

/** What a scope means to the person who is asked for it. */
final class ScopeWords {

  private static final Map<String, String> WORDS =
      Map.of(
          "openid", "Know who you are",
          "profile", "See your name",
          "email", "See your e-mail address",
          "offline_access", "Stay connected while you are away");

  private ScopeWords() {}

  /** The meaning as HTML; scopes that only the MCP server understands are named as they are. */
  static String html(String scope) {
    String words = WORDS.get(scope);
    return words != null
        ? Html.escape(words)
        : "Use the permission <code>" + Html.escape(DisplayText.of(scope, scope)) + "</code>";
  }
}

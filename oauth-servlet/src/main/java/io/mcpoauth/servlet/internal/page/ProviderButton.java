package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.model.ProviderChoice;

/** The button that leads to a provider. */
final class ProviderButton {

  private ProviderButton() {}

  static String html(ProviderChoice provider) {
    String name = DisplayText.of(provider.displayName(), provider.id());
    return "<button class=\"go\" type=\"submit\" name=\"provider\" value=\"%s\">Continue with %s</button>\n"
        .formatted(Html.escape(provider.id()), Html.escape(name));
  }
}

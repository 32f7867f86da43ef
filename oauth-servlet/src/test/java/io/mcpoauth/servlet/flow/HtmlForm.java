package io.mcpoauth.servlet.flow;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a page, as a browser would submit it.
 *
 * @param action where it goes
 * @param method GET or POST
 * @param fields names and values of what is submitted whichever button is pressed
 * @param buttons the submit buttons
 */
public record HtmlForm(
    URI action, String method, Map<String, String> fields, List<Button> buttons) {

  private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
  private static final Pattern INPUT = Pattern.compile("(?s)<input\\b([^>]*)>");
  private static final Pattern TEXT_AREA = Pattern.compile("(?s)<textarea\\b([^>]*)>");
  private static final Pattern BUTTON = Pattern.compile("(?s)<button\\b([^>]*)>(.*?)</button>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+)))?");

  /**
   * A submit button.
   *
   * @param label its text
   * @param name empty when pressing it adds no field
   */
  public record Button(String label, String name, String value) {}

  /** The only form of a page; there has to be exactly one. */
  static HtmlForm in(URI page, String html) {
    List<HtmlForm> forms =
        FORM.matcher(html)
            .results()
            .map(form -> parse(page, attributes(form.group(1)), form.group(2)))
            .toList();
    if (forms.size() != 1) {
      throw new AssertionError(forms.size() + " forms in " + html);
    }
    return forms.get(0);
  }

  /** The only button whose label contains that text. */
  public Button button(String label) {
    List<Button> found = buttons.stream().filter(b -> b.label().contains(label)).toList();
    if (found.size() != 1) {
      throw new AssertionError("not one button \"" + label + "\" in " + buttons);
    }
    return found.get(0);
  }

  private static HtmlForm parse(URI page, Map<String, String> form, String content) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<Button> buttons = new ArrayList<>();
    INPUT
        .matcher(content)
        .results()
        .map(input -> attributes(input.group(1)))
        .forEach(
            input -> {
              String value = input.getOrDefault("value", "");
              String name = input.getOrDefault("name", "");
              if ("submit".equals(input.get("type"))) {
                buttons.add(new Button(value, name, value));
              } else {
                fields.put(name, value);
              }
            });
    TEXT_AREA
        .matcher(content)
        .results()
        .forEach(area -> fields.put(attributes(area.group(1)).getOrDefault("name", ""), ""));
    BUTTON
        .matcher(content)
        .results()
        .forEach(
            button -> {
              Map<String, String> attributes = attributes(button.group(1));
              buttons.add(
                  new Button(
                      text(button.group(2)),
                      attributes.getOrDefault("name", ""),
                      attributes.getOrDefault("value", "")));
            });
    String action = form.getOrDefault("action", "");
    // An empty reference is the page itself with its query, which URI.resolve gets wrong.
    URI target = action.isEmpty() ? page : page.resolve(action);
    String method = form.getOrDefault("method", "get").toUpperCase(Locale.ROOT);
    return new HtmlForm(target, method, fields, buttons);
  }

  private static Map<String, String> attributes(String tag) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(tag);
    while (matcher.find()) {
      String value = "";
      for (int group = 2; group <= 4; group++) {
        value = matcher.group(group) == null ? value : matcher.group(group);
      }
      attributes.put(matcher.group(1).toLowerCase(Locale.ROOT), unescape(value));
    }
    return attributes;
  }

  /** The text of a piece of HTML. */
  public static String text(String html) {
    return unescape(html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip());
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}

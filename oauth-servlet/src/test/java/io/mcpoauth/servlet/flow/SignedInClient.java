package io.mcpoauth.servlet.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;

/** A client that went the whole way, with its user, and has tokens now. */
public record SignedInClient(FlowDriver flow, JsonNode metadata, String id, Tokens tokens) {

  /** Goes the whole way, with one of the {@link SignInProvider}'s users in a browser. */
  public static SignedInClient of(URI mcpServer) {
    FlowDriver flow = new FlowDriver(mcpServer);
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "End-to-end test");
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    Hop signInPage = browser.follow(browser.press(consent, "Continue with"));
    Hop callback = browser.open(SignInProvider.signIn(browser, signInPage).location());
    URI answer = callback.location();
    String code = flow.code(metadata, id, answer);
    return new SignedInClient(flow, metadata, id, flow.exchange(metadata, id, code));
  }
}

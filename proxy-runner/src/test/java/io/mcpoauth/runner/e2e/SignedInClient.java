package io.mcpoauth.runner.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.runner.e2e.FlowDriver.Tokens;
import io.mcpoauth.runner.e2e.ScriptedBrowser.Hop;
import java.net.URI;

/** A client that went the whole way, with its user, and has tokens now. */
record SignedInClient(FlowDriver flow, JsonNode metadata, String id, Tokens tokens) {

  static SignedInClient of(RealParts parts) {
    FlowDriver flow = new FlowDriver(parts.protectedMcpServer());
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "End-to-end test");
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    Hop signInPage = browser.follow(browser.press(consent, "Continue with"));
    Hop callback = browser.open(RealParts.signIn(browser, signInPage).location());
    URI answer = callback.location();
    String code = flow.code(metadata, id, answer);
    return new SignedInClient(flow, metadata, id, flow.exchange(metadata, id, code));
  }
}

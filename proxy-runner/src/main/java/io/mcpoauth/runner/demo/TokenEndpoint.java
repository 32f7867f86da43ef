package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpoauth.runner.demo.SignedTokens.Kind;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Exchanges codes and refresh tokens, each of them once (RFC 6749, sections 4.1.3 and 6). */
final class TokenEndpoint {
  private final URI issuer;
  private final DemoClient client;
  private final SignedTokens tokens;
  private final SpentIds spent;

  TokenEndpoint(URI issuer, DemoClient client, SignedTokens tokens, SpentIds spent) {
    this.issuer = issuer;
    this.client = client;
    this.tokens = tokens;
    this.spent = spent;
  }

  void exchange(Request request, Response response, Callback callback) {
    Fields form = FormFields.getFields(request);
    if (!new ClientAuthentication(client).accepts(request, form)) {
      ClientAuthentication.refuse(response, callback);
      return;
    }
    String grantType = Parameters.text(form, "grant_type");
    if (!grantType.equals("authorization_code") && !grantType.equals("refresh_token")) {
      OAuthRefusal refusal = new OAuthRefusal("unsupported_grant_type", "Unknown grant_type");
      Answers.json(response, callback, HttpStatus.BAD_REQUEST_400, refusal.body());
      return;
    }
    Optional<Map<String, Object>> answer =
        grantType.equals("refresh_token") ? refresh(form) : redeem(form);
    OAuthRefusal refusal =
        new OAuthRefusal("invalid_grant", "It is unknown, expired, revoked or was used before");
    Answers.json(
        response,
        callback,
        answer.isPresent() ? HttpStatus.OK_200 : HttpStatus.BAD_REQUEST_400,
        answer.orElseGet(refusal::body));
  }

  private Optional<Map<String, Object>> redeem(Fields form) {
    return tokens
        .verify(Kind.CODE, Parameters.text(form, "code"))
        .filter(code -> code.has("redirect_uri", Parameters.text(form, "redirect_uri")))
        .filter(
            code -> code.has("code_challenge", challenge(Parameters.text(form, "code_verifier"))))
        .filter(code -> spent.spend(code.id(), code.expiry()))
        .map(code -> answer(code, code.text("nonce")));
  }

  private Optional<Map<String, Object>> refresh(Fields form) {
    return tokens
        .verify(Kind.REFRESH, Parameters.text(form, "refresh_token"))
        .filter(refresh -> !spent.contains(refresh.text("grant").orElseThrow()))
        .filter(refresh -> spent.spend(refresh.id(), refresh.expiry()))
        .map(refresh -> answer(refresh, Optional.empty()));
  }

  private Map<String, Object> answer(TokenClaims from, Optional<String> nonce) {
    String scope = from.text("scope").orElse("openid");
    Map<String, Object> grant =
        Map.of(
            "iss", issuer.toString(),
            "sub", from.text("sub").orElseThrow(),
            "grant", from.text("grant").orElseThrow(),
            "scope", scope,
            "client_id", client.id());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", tokens.sign(Kind.ACCESS, grant));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", Kind.ACCESS.life().toSeconds());
    answer.put("refresh_token", tokens.sign(Kind.REFRESH, grant));
    answer.put("id_token", idToken(from, nonce));
    answer.put("scope", scope);
    return answer;
  }

  private String idToken(TokenClaims from, Optional<String> nonce) {
    DemoUser user = from.text("sub").flatMap(DemoUser::of).orElseThrow();
    Map<String, Object> claims = new LinkedHashMap<>(user.claims());
    claims.put("iss", issuer.toString());
    claims.put("aud", client.id());
    nonce.ifPresent(value -> claims.put("nonce", value));
    return tokens.sign(Kind.ID, claims);
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return new String(Base64.getUrlEncoder().withoutPadding().encode(digest), UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

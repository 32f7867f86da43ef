package io.mcpoauth.servlet.filter;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * A request as the application sees it: with the user, without the token and foreign identities.
 */
final class AuthorizedRequest extends HttpServletRequestWrapper {

  private final Granted granted;
  private final UserPrincipal principal;

  AuthorizedRequest(HttpServletRequest request, Granted granted) {
    super(request);
    this.granted = granted;
    this.principal = new UserPrincipal(granted.user());
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public String getRemoteUser() {
    return principal.getName();
  }

  @Override
  public String getAuthType() {
    return "Bearer";
  }

  @Override
  public boolean isUserInRole(String role) {
    return granted.scopes().values().contains(role);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return ForwardedHeaders.isForApplications(name) ? super.getHeader(name) : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return ForwardedHeaders.isForApplications(name)
        ? super.getHeaders(name)
        : Collections.emptyEnumeration();
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream()
            .filter(ForwardedHeaders::isForApplications)
            .toList());
  }

  @Override
  public long getDateHeader(String name) {
    return ForwardedHeaders.isForApplications(name) ? super.getDateHeader(name) : -1;
  }

  @Override
  public int getIntHeader(String name) {
    return ForwardedHeaders.isForApplications(name) ? super.getIntHeader(name) : -1;
  }
}

package dev.rolecall.tests.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.Refusal;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalKind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Puts the door in front of servlets. Map it to {@code REQUEST} and {@code ASYNC}, with support for
 * asynchronous processing, before all other filters.
 */
// region filter
final class GuardFilter extends HttpFilter {

  static final String CALLER = "caller";

  private static final long serialVersionUID = 1;

  private static final String ADMITTED = GuardFilter.class.getName();

  private final transient HttpDoor door;
  private final String service;

  GuardFilter(HttpDoor door, String service) {
    this.door = requireNonNull(door, "door");
    this.service = requireNonNull(service, "service");
  }

  /** Gives the container its thread back while the caller is looked up. */
  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(ADMITTED) == this) {
      chain.doFilter(request, response);
      return;
    }
    AsyncContext async = request.startAsync(request, response);
    door.judge(
        service,
        request.getMethod(),
        request.getRemoteAddr(),
        authorization(request),
        new HttpDoor.Answer() {
          @Override
          public void admitted(Optional<Caller> caller) {
            request.setAttribute(CALLER, caller.orElse(null));
            request.setAttribute(ADMITTED, GuardFilter.this);
            async.dispatch();
          }

          @Override
          public void refused(Refusal refusal) {
            refuse(response, refusal);
            async.complete();
          }
        });
  }

  private static List<String> authorization(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Authorization"));
  }

  private static void refuse(HttpServletResponse response, Refusal refusal) {
    RefusalKind kind = refusal.reason().kind();
    response.setStatus(kind.httpStatus());
    if (kind == RefusalKind.UNAUTHENTICATED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    refusal
        .retryAfter()
        .map(wait -> Math.max(1, wait.toSeconds()))
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait)));
    try {
      response.getWriter().print(refusal.reason().statusDescription());
    } catch (IOException e) {
      // The client has left.
    }
  }
}
// endregion

package dev.rolecall.cli.console.web;

import com.sun.net.httpserver.Headers;

/**
 * The headers of every answer. The page runs no script but its own files, sets no markup from text,
 * talks to nothing else, stands in no frame, and is kept by no cache. There is none that lets
 * another site read an answer (CORS), and no cookie: cookies do not tell ports apart.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 * @see <a href="https://www.w3.org/TR/trusted-types/">Trusted Types</a>
 */
final class PageHeaders {

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private PageHeaders() {}

  static void set(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Frame-Options", "DENY");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}

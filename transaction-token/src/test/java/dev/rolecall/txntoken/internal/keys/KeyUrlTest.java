package dev.rolecall.txntoken.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of the URLs that keys are fetched from. */
@Tag("attack")
final class KeyUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://edge.example/.well-known/jwks.json",
        "https://edge.example:8443/jwks?x=y",
        "http://localhost:8080/jwks",
        "http://127.0.0.1/jwks",
        "http://127.3.2.1:80/jwks",
        "http://[::1]:8080/jwks"
      })
  void url_withinTheRule_isTaken(String url) {
    assertThat(KeyUrl.check(URI.create(url))).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://edge.example/jwks",
        "http://10.0.0.1/jwks",
        "http://127.0.0.1.evil.example/jwks",
        "http://localhost.evil.example/jwks",
        "https://user:secret@edge.example/jwks",
        "https://edge.example/jwks#x",
        "https:///jwks",
        "file:///etc/jwks",
        "ftp://edge.example/jwks",
        "/jwks",
        "edge.example/jwks"
      })
  void url_beyondTheRule_isRefused(String url) {
    assertThatThrownBy(() -> KeyUrl.check(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url: ")
        .hasMessageNotContaining("secret");
  }
}

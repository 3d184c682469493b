package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The tokens of a person who has logged in: secrets, which {@code toString} masks. Immutable. */
public final class LoginTokens {

  private final AccessToken access;
  private final Optional<String> refresh;

  LoginTokens(AccessToken access, Optional<String> refresh) {
    this.access = requireNonNull(access, "access");
    this.refresh = requireNonNull(refresh, "refresh");
  }

  static LoginTokens of(TokenEndpoint.Answer answer) {
    return new LoginTokens(
        answer.token(), answer.members().text("refresh_token").filter(text -> !text.isEmpty()));
  }

  /** The access token. */
  public AccessToken access() {
    return access;
  }

  /** The refresh token; empty if the issuer gave none. */
  public Optional<String> refresh() {
    return refresh;
  }

  @Override
  public String toString() {
    return "LoginTokens[****]";
  }
}

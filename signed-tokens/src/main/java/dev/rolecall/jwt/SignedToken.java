package dev.rolecall.jwt;

/** A token that was signed here. A bearer secret for its life: {@code toString} masks it. */
public final class SignedToken {

  private final String text;

  SignedToken(String text) {
    this.text = text;
  }

  /** The text that travels. A secret for the token's life. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "SignedToken[****]";
  }
}

package dev.rolecall.service.token;

import java.security.SecureRandom;
import java.util.Arrays;

/** A seal by a secret of one repeated byte. */
final class TestSealing implements KeySealing {

  private final SealingSecret secret;

  TestSealing(int secretByte) {
    byte[] bytes = new byte[SealingSecret.BYTES];
    Arrays.fill(bytes, (byte) secretByte);
    this.secret = new SealingSecret(bytes, new SecureRandom());
  }

  @Override
  public void open(boolean inUse) {}

  @Override
  public String seal(String kid, byte[] plain) {
    return secret.seal(kid, plain);
  }

  @Override
  public byte[] unseal(String kid, String sealed) {
    return secret.unseal(kid, sealed);
  }
}

package dev.rolecall.stsemulator.internal.sigv4;

/**
 * The rules of one service for making a request canonical.
 *
 * @param normalizesPath whether {@code .}, {@code ..} and empty segments are resolved first; every
 *     service but S3 does so
 * @param signsQueryToken whether {@code X-Amz-Security-Token} in the query is covered by the
 *     signature; a few services want it added after signing
 */
public record SigningRules(boolean normalizesPath, boolean signsQueryToken) {

  /** The rules of nearly every service, STS among them. */
  public static final SigningRules USUAL = new SigningRules(true, true);
}

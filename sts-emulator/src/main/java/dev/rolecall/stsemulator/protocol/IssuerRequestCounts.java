package dev.rolecall.stsemulator.protocol;

/**
 * The numbers of requests that an emulator's issuers had received at one moment, with a fault or
 * without.
 *
 * @param discovery requests for a discovery document
 * @param keys requests for a key set
 * @param other requests that name no document of an issuer, or use another method than GET
 */
public record IssuerRequestCounts(long discovery, long keys, long other) {

  /** All requests. */
  public long total() {
    return discovery + keys + other;
  }
}

package dev.rolecall.stsemulator;

/**
 * The signer of a request.
 *
 * @param credentials the credentials that signed it
 * @param region the Region it was signed for
 */
record Signer(EmulatedCredentials credentials, String region) {}

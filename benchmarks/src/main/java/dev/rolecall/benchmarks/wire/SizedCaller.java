package dev.rolecall.benchmarks.wire;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import java.util.Random;
import java.util.stream.Collectors;

/** Callers whose proofs have a given length, which is that of their session tokens and the rest. */
final class SizedCaller {

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final StsEmulator sts;
  private final Random random;
  private final int rest;

  /** Callers that STS knows. */
  SizedCaller(StsEmulator sts, Random random) {
    this.sts = sts;
    this.random = random;
    this.rest = Orders.bearerProof(sts.endpoint(), keys(1)).text().length() - 1;
  }

  /** One whose proof has that many characters. */
  IamCallCredentials ofLength(int characters) {
    return Orders.credentials(sts.endpoint(), keys(characters - rest)).allowPlaintext().build();
  }

  private CallerKeys keys(int tokenLength) {
    // As unlike in its letters as a real one: HPACK packs frequent letters tighter.
    String token =
        random
            .ints(tokenLength, 0, BASE64.length())
            .mapToObj(i -> BASE64.substring(i, i + 1))
            .collect(Collectors.joining());
    return CallerKeys.of(
        sts.add(EmulatedPrincipal.builder(Orders.CHECKOUT).sessionToken(token).build()));
  }
}

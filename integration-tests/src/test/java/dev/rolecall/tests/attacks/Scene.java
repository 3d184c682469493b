package dev.rolecall.tests.attacks;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.CallerProof;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The means of an attacker.
 *
 * @param hostile a connection
 * @param good a proof that nothing is wrong with, and that the server has not seen
 * @param forbidden another, of a role that no rule names
 */
record Scene(HostileConnection hostile, String good, String forbidden) {

  /** The attackers' address, which is no honest caller's. */
  static final String ATTACKER = "127.0.0.66";

  private static final AtomicLong FORGERIES = new AtomicLong();

  Scene {
    requireNonNull(hostile, "hostile");
    requireNonNull(good, "good");
    requireNonNull(forbidden, "forbidden");
  }

  /** Calls with that block, without a message. */
  Told call(HeaderBlock block) {
    return hostile.call(block);
  }

  /** Sends those frames, and waits for what the stream is told. */
  Told send(int stream, Frame... frames) {
    hostile.send(frames);
    return hostile.await(stream);
  }

  /** A well-formed proof, unlike all others, with a signature that nobody made. */
  String forged() {
    return forged(good);
  }

  /** A well-formed proof like that one, with a signature that nobody made. */
  static String forged(String proof) {
    byte[] signature = new byte[32];
    new SplittableRandom(FORGERIES.incrementAndGet()).nextBytes(signature);
    String forged = HexFormat.of().formatHex(signature);
    return CallerProof.read(proof)
        .fold(
            wellFormed -> proof.replace(wellFormed.signature(), forged),
            malformed -> {
              throw new AssertionError("not a proof: " + malformed);
            });
  }
}

package dev.rolecall.service.token;

import dev.rolecall.grants.v1.SigningKey;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.service.store.StoredKey;
import java.util.List;
import java.util.stream.Stream;

/** The public parts of signing keys as messages. Nothing of the private parts is in them. */
public final class KeyMessages {

  private KeyMessages() {}

  /** The keys of an issuer. */
  public static SigningKeys message(String issuer, List<StoredKey> keys) {
    return SigningKeys.newBuilder().setIssuer(issuer).addAllKeys(messages(keys)).build();
  }

  /** The keys for the feed: all that are not withdrawn. */
  public static List<SigningKey> messages(List<StoredKey> keys) {
    return keys.stream().flatMap(KeyMessages::message).toList();
  }

  private static Stream<SigningKey> message(StoredKey key) {
    SigningKeyState state =
        switch (key.state()) {
          case NEXT -> SigningKeyState.NEXT;
          case CURRENT -> SigningKeyState.CURRENT;
          case RETIRED -> SigningKeyState.RETIRED;
          case WITHDRAWN -> SigningKeyState.SIGNING_KEY_STATE_UNSPECIFIED;
        };
    return state == SigningKeyState.SIGNING_KEY_STATE_UNSPECIFIED
        ? Stream.empty()
        : Stream.of(
            SigningKey.newBuilder()
                .setKid(key.kid())
                .setAlg(key.algorithm())
                .setPublicJwk(key.publicJwk())
                .setState(state)
                .build());
  }
}

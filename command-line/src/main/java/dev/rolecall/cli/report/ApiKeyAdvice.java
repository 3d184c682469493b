package dev.rolecall.cli.report;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/** Advice on refusals of API keys, which a server looks up in its own file. */
final class ApiKeyAdvice {

  private ApiKeyAdvice() {}

  /** Empty where the advice is the same for every kind of credential. */
  static Optional<String> on(RefusalReason reason) {
    return Optional.ofNullable(
        switch (reason) {
          case CREDENTIAL_MALFORMED ->
              "send the key as 'rolecall key new' printed it: its checksum shows that it was"
                  + " changed, or the server takes no API keys (ApiKeys, serve --api-keys)";
          case BINDING_REQUIRED ->
              "call over TLS that ends at the server; the key was readable on the way, so issue"
                  + " another one and disable this one";
          case ISSUER_REFUSED ->
              "the server's file does not have this key: issue one with 'rolecall key new', in the"
                  + " file that the server follows";
          case CREDENTIAL_INACTIVE ->
              "the key was disabled or removed: issue another one with 'rolecall key new'";
          case CREDENTIAL_EXPIRED ->
              "the key has ended ('rolecall key list' says when): issue another one with 'rolecall"
                  + " key new'";
          case METHOD_NOT_ALLOWED ->
              "the key is valid, but the policy says no: ask 'rolecall policy explain', where the"
                  + " server's policy is";
          default -> null;
        });
  }
}

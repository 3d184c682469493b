package dev.rolecall.tests.endpoints;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/**
 * LocalStack verifies no presigned request, and answers each as the root of its account. Rolecall
 * refuses root; so whoever points a verifier at LocalStack lets nobody in, rather than everybody.
 */
abstract class LocalStackSuite extends StsEndpointSuite {

  @Override
  final Optional<RefusalReason> onAnHonestProof() {
    return Optional.of(RefusalReason.CALLER_KIND_NOT_ACCEPTED);
  }

  @Override
  final RefusalReason onAForgedProof() {
    return RefusalReason.CALLER_KIND_NOT_ACCEPTED;
  }
}

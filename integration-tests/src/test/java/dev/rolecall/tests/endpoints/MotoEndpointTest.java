package dev.rolecall.tests.endpoints;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/**
 * moto verifies no signature. It takes a request without an {@code Authorization} header for one to
 * S3, and answers XML; so to Rolecall it is an STS that does not answer.
 */
final class MotoEndpointTest extends StsEndpointSuite {

  private Optional<MotoServer> moto = Optional.empty();

  @Override
  Optional<JudgedSts> open() {
    moto = MotoServer.start();
    return moto.map(started -> JudgedSts.withAnAssumedRole("moto", started.endpoint()));
  }

  @Override
  String howToGetIt() {
    return MotoServer.HOW_TO_GET_IT;
  }

  @Override
  void shut() {
    moto.ifPresent(MotoServer::close);
  }

  @Override
  Optional<RefusalReason> onAnHonestProof() {
    return Optional.of(RefusalReason.ISSUER_ANSWER_INVALID);
  }

  @Override
  RefusalReason onAForgedProof() {
    return RefusalReason.ISSUER_ANSWER_INVALID;
  }
}

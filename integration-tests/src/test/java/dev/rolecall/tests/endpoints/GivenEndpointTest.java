package dev.rolecall.tests.endpoints;

import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The endpoint that somebody wants judged, AWS's own among others. It must do all that STS does.
 *
 * <pre>
 * mvn verify -pl integration-tests -am -Dtest=GivenEndpointTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Drolecall.sts.endpoint=https://sts.eu-west-1.amazonaws.com -Drolecall.sts.region=eu-west-1
 * </pre>
 *
 * <p>{@code rolecall.sts.region} is {@code us-east-1} where it is left out, and {@code
 * rolecall.sts.partition} is {@code aws}. Credentials are found as the AWS SDK finds them, in the
 * environment or in its properties, such as {@code -Daws.profile}; they must be of a role's
 * session.
 */
final class GivenEndpointTest extends StsEndpointSuite {

  private static final String ENDPOINT = "rolecall.sts.endpoint";

  private Optional<DefaultCredentialsProvider> credentials = Optional.empty();

  @Override
  Optional<JudgedSts> open() {
    String endpoint = System.getProperty(ENDPOINT, "");
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    DefaultCredentialsProvider found = DefaultCredentialsProvider.builder().build();
    credentials = Optional.of(found);
    return Optional.of(
        new JudgedSts(
            endpoint,
            URI.create(endpoint),
            Region.of(System.getProperty("rolecall.sts.region", "us-east-1")),
            Partition.parse(System.getProperty("rolecall.sts.partition", "aws")),
            found));
  }

  @Override
  String howToGetIt() {
    return "no endpoint is given: name one by -D" + ENDPOINT + " to have it judged";
  }

  @Override
  void shut() {
    credentials.ifPresent(DefaultCredentialsProvider::close);
  }

  @Override
  Optional<RefusalReason> onAnHonestProof() {
    return Optional.empty();
  }

  @Override
  RefusalReason onAForgedProof() {
    return RefusalReason.ISSUER_REFUSED;
  }
}

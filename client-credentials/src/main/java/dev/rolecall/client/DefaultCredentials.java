package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * The places of the SDK's default chain in its order, each of them watched. A chain of one's own:
 * the SDK's shared one may be closed by anybody, and tells no cause.
 */
final class DefaultCredentials implements SigningCredentials {

  private final Duration patience;
  private final List<WatchedPlace> places = places();
  private final AwsCredentialsProviderChain chain =
      AwsCredentialsProviderChain.builder()
          .credentialsProviders(places.toArray(AwsCredentialsProvider[]::new))
          .build();

  /**
   * The places of this process.
   *
   * @param patience how long each who asks waits, told of a place that hangs
   */
  DefaultCredentials(Duration patience) {
    this.patience = requireNonNull(patience, "patience");
  }

  private static List<WatchedPlace> places() {
    var webIdentity = WebIdentityTokenFileCredentialsProvider.create();
    var profile = ProfileCredentialsProvider.create();
    var container = ContainerCredentialsProvider.builder().build();
    var instance = InstanceProfileCredentialsProvider.create();
    return List.of(
        new WatchedPlace(
            CredentialsPlace.SYSTEM_PROPERTIES,
            SystemPropertyCredentialsProvider.create(),
            () -> {}),
        new WatchedPlace(
            CredentialsPlace.ENVIRONMENT,
            EnvironmentVariableCredentialsProvider.create(),
            () -> {}),
        new WatchedPlace(CredentialsPlace.WEB_IDENTITY, webIdentity, webIdentity::close),
        new WatchedPlace(CredentialsPlace.PROFILE, profile, profile::close),
        new WatchedPlace(CredentialsPlace.CONTAINER, container, container::close),
        new WatchedPlace(CredentialsPlace.INSTANCE, instance, instance::close));
  }

  @Override
  public IdentityProvider<? extends AwsCredentialsIdentity> providerFor(StsTarget target) {
    return chain;
  }

  /** Each place that was asked last and gave nothing, or gives nothing yet, in order. */
  @Override
  public List<CredentialsAttempt> attempts() {
    return places.stream().map(place -> place.attempt(patience)).flatMap(Optional::stream).toList();
  }

  List<WatchedPlace> watched() {
    return places;
  }

  @Override
  public String tried() {
    return "the default chain";
  }

  @Override
  public void close() {
    chain.close();
  }
}

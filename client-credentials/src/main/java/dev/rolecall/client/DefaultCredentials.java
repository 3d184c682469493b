package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsPlace;
import dev.rolecall.client.internal.WatchedPlace;
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
 * The places of the SDK's default chain in its order, each of them watched. The chain is not
 * shared: any code may close the SDK's shared one, and that one reports no cause.
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
   * @param patience how long each caller waits; the report on a place that hangs names it
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
        watched(
            CredentialsPlace.SYSTEM_PROPERTIES,
            SystemPropertyCredentialsProvider.create(),
            () -> {}),
        watched(
            CredentialsPlace.ENVIRONMENT,
            EnvironmentVariableCredentialsProvider.create(),
            () -> {}),
        watched(CredentialsPlace.WEB_IDENTITY, webIdentity, webIdentity::close),
        watched(CredentialsPlace.PROFILE, profile, profile::close),
        watched(CredentialsPlace.CONTAINER, container, container::close),
        watched(CredentialsPlace.INSTANCE, instance, instance::close));
  }

  private static WatchedPlace watched(
      CredentialsPlace place, AwsCredentialsProvider provider, Runnable closing) {
    return new WatchedPlace(
        place, provider, closing, () -> StsSettings.ofThisProcess().contradiction());
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

package dev.rolecall.spring;

import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.spring.RolecallClientProperties.OwnSts;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.tokens.ChannelCredentials;
import dev.rolecall.spring.tokens.RolecallTokenProperties.WebIdentity;
import dev.rolecall.spring.tokens.TokenChannelSettings;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The properties and beans that decide about web identity tokens of channels.
 *
 * @param sts the endpoint of both ends
 * @param provider has the AWS credentials, if there is one
 * @param telemetry gets the metrics, if there is one
 */
record WebIdentitySettings(
    RolecallStsProperties sts,
    ObjectProvider<AwsCredentialsProvider> provider,
    ObjectProvider<OpenTelemetry> telemetry) {

  ChannelCredentials credentials(TokenChannelSettings channel, WebIdentity identity) {
    Setting owner = channel.setting().sub("web-identity");
    Setting named = owner.sub("audience");
    String audience = named.required(identity.audience(), "the audience that its servers expect");
    WebIdentityCallCredentials.Builder options =
        named.checked(() -> WebIdentityCallCredentials.builder(audience));
    OwnSts own =
        identity.sts() == null
            ? null
            : new OwnSts(identity.sts().endpoint(), identity.sts().region());
    new SigningSettings(owner, identity.assumeRole(), own, sts)
        .set(options::assumeRole, options::endpoint, options::region);
    channel
        .setting()
        .sub("allow-plaintext")
        .on(channel.properties().allowPlaintext(), options::allowPlaintext);
    provider.ifAvailable(options::credentialsProvider);
    telemetry.ifAvailable(options::openTelemetry);
    WebIdentityCallCredentials made = owner.checked(options::build);
    return new ChannelCredentials(made, made.renewalAfterRefusal(), made::close);
  }
}

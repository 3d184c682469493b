package dev.rolecall.spring.tokens;

import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.tokens.RolecallTokenProperties.ChannelToken;
import dev.rolecall.spring.tokens.RolecallTokenProperties.ClientCredentials;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.SecretSource;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenIssuer;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file or the issuer that a channel's tokens come from, as options of its credentials.
 *
 * @param setting the channel's property
 * @param properties its properties, which name one of the two
 * @param telemetry gets the metrics, if there is one
 */
record TokenPlace(Setting setting, ChannelToken properties, Optional<OpenTelemetry> telemetry) {

  ChannelCredentials credentials() {
    ClientCredentials asked = properties.clientCredentials();
    TokenCallBuilder options =
        asked == null
            ? setting
                .sub("file")
                .checked(
                    () ->
                        TokenCallCredentials.tokenFile(
                            Path.of(setting.required(properties.file(), "a file"))))
            : asked(setting.sub("client-credentials"), asked);
    telemetry.ifPresent(options::openTelemetry);
    setting.sub("allow-plaintext").on(properties.allowPlaintext(), options::allowPlaintext);
    TokenCallCredentials made = setting.checked(options::build);
    return new ChannelCredentials(made, made.renewalAfterRefusal(), made::close);
  }

  private static TokenCallBuilder asked(Setting setting, ClientCredentials properties) {
    Setting named = setting.sub("issuer");
    URI url = named.required(properties.issuer(), "the issuer, https://...");
    TokenIssuer issuer = named.checked(() -> TokenIssuer.discovered(url));
    String id =
        setting
            .sub("client-id")
            .required(properties.clientId(), "this application's id at the issuer");
    String file =
        setting.sub("secret-file").required(properties.secretFile(), "the file of its secret");
    ClientAuthentication client =
        setting.checked(
            () -> ClientAuthentication.secretBasic(id, SecretSource.file(Path.of(file))));
    TokenCallBuilder options = TokenCallCredentials.clientCredentials(issuer, client);
    if ("http".equals(url.getScheme())) {
      // The credentials hold it to the loopback.
      options.allowPlaintextTokenEndpointOnLoopback();
    }
    setting
        .sub("audiences")
        .to(properties.audiences(), all -> options.audience(all.toArray(String[]::new)));
    setting.sub("scopes").to(properties.scopes(), all -> options.scope(all.toArray(String[]::new)));
    setting
        .sub("trusted-certificates")
        .to(properties.trustedCertificates(), pem -> options.trustedCertificates(Path.of(pem)));
    return options;
  }
}

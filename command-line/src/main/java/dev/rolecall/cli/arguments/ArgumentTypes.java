package dev.rolecall.cli.arguments;

import dev.rolecall.apikeys.ApiKeyId;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.IpAddress;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Readers of the arguments that are values. A wrong argument is an error of usage, and the message
 * names the rule that it breaks.
 */
public final class ArgumentTypes {

  private ArgumentTypes() {}

  public static CommandLine registerIn(CommandLine command) {
    return command
        .registerConverter(AccountId.class, text -> read(text, AccountId::parse))
        .registerConverter(ApiClient.class, text -> read(text, ApiClient::new))
        .registerConverter(ApiKeyId.class, text -> read(text, ApiKeyId::parse))
        .registerConverter(Audience.class, text -> read(text, Audience::of))
        .registerConverter(IssuerAlias.class, text -> read(text, IssuerAlias::of))
        .registerConverter(RoleArn.class, text -> read(text, RoleName::arn))
        .registerConverter(Duration.class, text -> read(text, DurationText::parse))
        .registerConverter(ByteCount.class, text -> read(text, ByteCount::parse))
        .registerConverter(ExpiryArgument.class, text -> read(text, ExpiryArgument::parse))
        .registerConverter(RoleId.class, text -> read(text, RoleId::parse))
        .registerConverter(ListenAddress.class, text -> read(text, ListenAddress::parse))
        .registerConverter(ServerAddress.class, text -> read(text, ServerAddress::parse))
        .registerConverter(HeaderArgument.class, text -> read(text, HeaderArgument::parse))
        .registerConverter(NamedArgument.class, text -> read(text, NamedArgument::parse))
        .registerConverter(IpAddress.class, text -> read(text, IpAddress::parse))
        .registerConverter(MethodPath.class, text -> read(text, MethodName::parse))
        .registerConverter(Integer.class, text -> read(text, each -> whole(each, Integer::valueOf)))
        .registerConverter(int.class, text -> read(text, each -> whole(each, Integer::valueOf)))
        .registerConverter(long.class, text -> read(text, each -> whole(each, Long::valueOf)));
  }

  private static <T> T whole(String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + " (expected: a whole number)", e);
    }
  }

  private static <T> T read(String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}

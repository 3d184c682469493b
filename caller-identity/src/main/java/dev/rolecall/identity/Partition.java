package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * An AWS partition: a group of Regions with accounts and credentials of its own, such as {@code
 * aws}, {@code aws-cn} or {@code aws-us-gov}. An account id means nothing without its partition.
 *
 * @param id the partition's name as it stands in an ARN
 * @see <a
 *     href="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS
 *     partitions</a>
 */
public record Partition(String id) {

  // Above the constants: making one of them needs it.
  private static final Pattern FORM = Pattern.compile("aws(-[a-z]{1,8}){0,3}");

  /** The commercial partition. */
  public static final Partition AWS = new Partition("aws");

  /**
   * Checks the name's form only: a new partition needs no new release.
   *
   * @throws IllegalArgumentException if {@code id} is not {@code aws} or {@code aws-} and
   *     lower-case words
   */
  public Partition {
    requireNonNull(id, "id");
    if (!FORM.matcher(id).matches()) {
      throw InvalidValue.of(
          "partition", id, "aws, or aws- and lower-case words such as aws-us-gov");
    }
  }

  /**
   * The partition of that name.
   *
   * @throws IllegalArgumentException if the text is not a partition's name
   */
  public static Partition parse(String text) {
    return new Partition(text);
  }

  @Override
  public String toString() {
    return id;
  }
}

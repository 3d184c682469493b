package dev.rolecall.spring.internal.testing;

import dev.rolecall.testing.RolecallExtension;
import org.jspecify.annotations.Nullable;

/** A test class whose extension is made anew for each test. */
final class WithAnInstanceField {

  @Nullable RolecallExtension own;
}

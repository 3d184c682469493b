@NullMarked
package dev.rolecall.testing;

import org.jspecify.annotations.NullMarked;

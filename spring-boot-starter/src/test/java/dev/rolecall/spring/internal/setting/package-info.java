/** Tests of what is said about properties. */
@NullMarked
package dev.rolecall.spring.internal.setting;

import org.jspecify.annotations.NullMarked;

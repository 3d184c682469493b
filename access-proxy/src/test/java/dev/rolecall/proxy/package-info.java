/** Tests of the module's README. */
@NullMarked
package dev.rolecall.proxy;

import org.jspecify.annotations.NullMarked;

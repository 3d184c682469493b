/** Tests of the starter: contexts of beans, and a server in process. */
@NullMarked
package dev.rolecall.spring;

import org.jspecify.annotations.NullMarked;

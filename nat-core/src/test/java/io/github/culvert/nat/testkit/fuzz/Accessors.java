package io.github.culvert.nat.testkit.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls every public method without arguments of a value of ours, and of what these give, a few levels deep. */
final class Accessors {
    private static final int DEEPEST = 5;
    private static final String OURS = "io.github.culvert.nat.";

    private final Map<Class<?>, List<Method>> known = new HashMap<>();

    void callAll(Object value) {
        call(value, 0);
    }

    private void call(Object value, int depth) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(content -> call(content, depth));
        } else if (depth < DEEPEST
                && value != null
                && value.getClass().getName().startsWith(OURS)) {
            for (Method accessor : known.computeIfAbsent(value.getClass(), Accessors::accessors)) {
                call(result(value, accessor), depth + 1);
            }
        }
    }

    private static List<Method> accessors(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !type.isEnum())
                .filter(method -> method.getDeclaringClass() != Object.class
                        || method.getName().equals("toString"))
                .filter(method -> !method.getName().equals("orElseThrow"))
                .toList();
    }

    private static Object result(Object value, Method accessor) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException e) {
            throw new AssertionError(accessor + " of " + value, e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

using System.Globalization;
using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Scripts;

/// <summary>Makes an engine that a hostile script cannot leave, fill or hold.</summary>
internal static class ScriptEngine
{
    /// <summary>The most elements of an array.</summary>
    public const int MaxArray = 100_000;

    // What is removed reaches memory or time past the engine's own limits: buffers are allocated at once, big integers
    // multiply for minutes in one operation, Atomics waits. Repeating and padding make long text in one operation, and
    // stringify writes one text many times over. Nested arrays join by recursion, which is counted only through a function
    // of the script's; Promise.all and its like take from an endless iterator without a check, a spread has one.
    // Math.random repeats: a run after a crash must give the same answer.
    private const string Prelude = """
        (function () {
          'use strict';
          for (const name of ['BigInt', 'BigInt64Array', 'BigUint64Array', 'ArrayBuffer', 'SharedArrayBuffer', 'Atomics',
            'DataView', 'TypedArray', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array',
            'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'ShadowRealm', 'Temporal', 'Intl',
            'WeakRef', 'FinalizationRegistry']) {
            delete globalThis[name];
          }
          const limit = 1000000;
          const wrap = (target, name, tooLong) => {
            const original = target[name];
            const call = Function.prototype.call.bind(original);
            Object.defineProperty(target, name, {
              value: function (...args) {
                const text = String(this);
                if (tooLong(text, args)) {
                  throw new RangeError(name + ' would make a text longer than ' + limit + ' characters');
                }
                return call(text, ...args);
              },
              writable: false, configurable: false
            });
          };
          const num = Number;
          const str = String;
          wrap(String.prototype, 'repeat', (text, args) => text.length * (args[0] = num(args[0])) > limit);
          wrap(String.prototype, 'padStart', (text, args) => (args[0] = num(args[0])) > limit);
          wrap(String.prototype, 'padEnd', (text, args) => (args[0] = num(args[0])) > limit);
          const grows = (text, args) => {
            if (typeof args[1] === 'function') { return false; }
            args[1] = str(args[1]);
            return args[1].length > 100 && (text.length + 1) * args[1].length > limit * 4;
          };
          wrap(String.prototype, 'replace', grows);
          wrap(String.prototype, 'replaceAll', grows);
          const apply = Reflect.apply;
          const replace = (target, name, value) =>
            Object.defineProperty(target, name, { value, writable: false, configurable: false });
          for (const name of ['join', 'toString', 'toLocaleString', 'flat', 'flatMap']) {
            const original = Array.prototype[name];
            replace(Array.prototype, name, function (...args) {
              if (name === 'flat' && args.length > 0) { args[0] = Math.min(num(args[0]), 64); }
              return apply(original, this, args);
            });
          }
          for (const name of ['all', 'allSettled', 'any', 'race']) {
            const original = Promise[name];
            replace(Promise, name, function (promises) {
              let list;
              try { list = [...promises]; } catch (e) { return Promise.reject(e); }
              return apply(original, this, [list]);
            });
          }
          let seed = 42;
          Math.random = function () {
            seed = (seed + 0x6D2B79F5) | 0;
            let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
          };
        })();
        """;

    public static Engine Create(AgentsOptions limits, CancellationToken cancellationToken)
    {
        var engine = new Engine(options =>
        {
            options.Strict();
            options.DisableStringCompilation();
            options.LimitMemory(limits.ScriptMemoryMebibytes * 1024L * 1024L);
            options.TimeoutInterval(TimeSpan.FromSeconds(limits.ScriptTimeoutSeconds));
            options.MaxStatements(limits.ScriptStatements);
            options.LimitRecursion(100);
            options.MaxArraySize(MaxArray);
            options.RegexTimeoutInterval(TimeSpan.FromMilliseconds(500));
            options.MaxJsonParseDepth(64);
            options.CancellationToken(cancellationToken);
            options.Culture(CultureInfo.InvariantCulture);
            options.LocalTimeZone(TimeZoneInfo.Utc);
            options.Constraints.StackOverflowGuard = true;
            options.Constraints.PromiseTimeout = TimeSpan.FromSeconds(1);
        });
        engine.Execute(Prelude);
        return engine;
    }

    /// <summary>Whether the code has a BigInt literal, the one way to a big integer that cannot be deleted.</summary>
    public static bool HasBigInteger(Node code)
    {
        var left = new Stack<Node>([code]);
        while (left.TryPop(out var node))
        {
            if (node is BigIntLiteral)
            {
                return true;
            }

            foreach (var child in node.ChildNodes)
            {
                left.Push(child);
            }
        }

        return false;
    }
}

using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Bodies: JSON by the type that a route reads, whole, with a wrong value, or broken.</summary>
internal sealed class FuzzJson(FuzzWords words)
{
    private const int MaxDepth = 4;

    /// <summary>A body for a type. Most are almost right: those get furthest.</summary>
    public byte[] Body(Random random, Type? type)
    {
        var text = type is null || random.Next(12) == 0
            ? Anything(random, 0)
            : Of(random, type, "", 0, wrong: random.Next(100) < 60 ? 12 : 2);
        return random.Next(100) < 55 ? Encoding.UTF8.GetBytes(text) : Broken(random, text);
    }

    /// <summary>JSON for a type.</summary>
    /// <param name="random">The case's.</param>
    /// <param name="type">What is read.</param>
    /// <param name="name">The member it is read into.</param>
    /// <param name="depth">How deep it stands.</param>
    /// <param name="wrong">How many of a hundred values are of another kind.</param>
    public string Of(Random random, Type type, string name, int depth, int wrong)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (random.Next(100) < wrong)
        {
            return Anything(random, depth);
        }

        if (type == typeof(string) || type == typeof(Tokens) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type.IsEnum)
        {
            var key = type == typeof(Guid)
                ? "id"
                : type == typeof(DateTimeOffset)
                ? "deadline"
                : type == typeof(Tokens)
                ? "maxprice"
                : name;
            return random.Next(100) < wrong * 2 ? $"\"{FuzzWords.Any(random, FuzzWords.NastyJson)}\"" : $"\"{words.Pick(random, key)}\"";
        }

        if (type == typeof(bool))
        {
            return random.Next(4) == 0 ? "false" : "true";
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            return random.Next(100) < wrong * 2 ? FuzzWords.Number(random) : "1";
        }

        if (type == typeof(JsonElement) || type == typeof(object))
        {
            return Content(random, name, depth);
        }

        if (type.IsAssignableTo(typeof(Stream)) || (type.IsInterface && !type.IsGenericType))
        {
            return Anything(random, depth);
        }

        if (type.IsAssignableTo(typeof(IEnumerable)))
        {
            var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
            return depth >= MaxDepth ? "[]" : $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Of(random, item, name, depth + 1, wrong)))}]";
        }

        if (depth >= MaxDepth)
        {
            return "{}";
        }

        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.GetIndexParameters().Length == 0 && random.Next(10) > 0)
            .Select(member => $"\"{JsonNamingPolicy.CamelCase.ConvertName(member.Name)}\":{Of(random, member.PropertyType, member.Name, depth + 1, wrong)}");
        return $"{{{string.Join(',', random.Next(40) == 0 ? members.Append("\"unknownMember\":1") : members)}}}";
    }

    /// <summary>Any JSON value.</summary>
    public static string Anything(Random random, int depth) => random.Next(depth >= MaxDepth ? 5 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => FuzzWords.Number(random),
        3 or 4 => $"\"{FuzzWords.Any(random, FuzzWords.NastyJson)}\"",
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Anything(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{FuzzWords.Any(random, FuzzWords.NastyJson)}\":{Anything(random, depth + 1)}"))}}}",
    };

    private static string Content(Random random, string name, int depth) => (random.Next(6), name.ToLowerInvariant()) switch
    {
        (0, _) => Anything(random, depth),
        (_, "input") => random.Next(3) == 0 ? $"{{\"text\":{Anything(random, depth)}}}" : $"{{\"maxKeyphrases\":{FuzzWords.Number(random)}}}",
        (_, "plan") => """{"steps":[{"id":"a","call":"orkestron/keyword-extractor","input":{"text":{"$ref":"/input/text"}}}]}""",
        (1, _) => $"{{\"type\":\"object\",\"properties\":{{\"a\":{{\"maximum\":{FuzzWords.Number(random)}}}}}}}",
        _ => """{"type":"object","properties":{"text":{"type":"string"}}}""",
    };

    /// <summary>What is no longer JSON, or no longer text.</summary>
    public static byte[] Broken(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = bytes.Length == 0 ? 0 : random.Next(bytes.Length);
        return random.Next(14) switch
        {
            0 => [],
            1 => bytes[..at],
            2 => [0xEF, 0xBB, 0xBF, .. bytes],
            3 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            4 => [.. bytes[..at], 0, .. bytes[at..]],
            5 => [.. bytes[..at], 0xED, 0xA0, 0xBD, .. bytes[at..]],
            6 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            7 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(60, 2_000)))),
            8 => Encoding.UTF8.GetBytes($"{{\"input\":{string.Concat(Enumerable.Repeat("{\"a\":", 70))}1{new string('}', 71)}"),
            9 => Encoding.UTF8.GetBytes($"{{\"agent\":\"{new string('a', random.Next(200, 40_000))}\"}}"),
            10 => [.. bytes, .. bytes],
            11 => [.. bytes, (byte)' ', (byte)'x'],
            12 => Encoding.UTF8.GetBytes(text.Replace(":", random.Next(2) == 0 ? "=" : ":\"\\ud83d\",\"x\":", StringComparison.Ordinal)),
            _ => Encoding.UTF8.GetBytes(text.Length > 2 && text[0] == '{' && text != "{}" ? $"{text[..^1]},{text[1..]}" : text),
        };
    }
}

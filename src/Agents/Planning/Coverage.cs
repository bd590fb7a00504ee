using System.Text.Json.Nodes;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>What of a part of the goal its step does not do. Pure.</summary>
internal static class Coverage
{
    private static readonly HashSet<string> Code = new(
        ["sql", "code", "script", "expression", "formula"], StringComparer.OrdinalIgnoreCase);

    // What is done to the world or to another form, and what no agent does that does not say so.
    private static readonly HashSet<string> Acts = new(
        "translate email mail send publish plot draw chart upload download post delete fetch buy order book pay call schedule deploy print".Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the part begins with something to do that the agent does not say it does: "Translate", "E-mail".</summary>
    public static bool ActsOtherwise(string part, DirectoryAgent agent)
    {
        var verb = GoalWords.Of(part.Replace("e-mail", "email", StringComparison.OrdinalIgnoreCase)).FirstOrDefault() ?? "";
        return Acts.Contains(verb) && agent.Agent != ModelPrompt.Chat && !AgentWords.Of(agent).Any(word => GoalWords.Alike(word, verb));
    }

    /// <summary>Whether the part's first word is in the agent's title or skills.</summary>
    public static bool Names(string part, DirectoryAgent agent) => GoalWords.Of(part).FirstOrDefault() is { } verb
        && agent.Skills.Append(agent.Title).SelectMany(GoalWords.Of).Any(word => GoalWords.Alike(word, verb));

    /// <summary>Why a step of this agent would not do what the part asks for, as the end of a sentence; null when it may.</summary>
    /// <param name="part">The part's words.</param>
    /// <param name="agent">Who would do it.</param>
    /// <param name="input">What it would be given.</param>
    public static string? NeedsCode(string part, DirectoryAgent agent, JsonObject input)
    {
        var whole = new SchemaShape(Schema.Of(agent.InputSchema));
        var code = ShapeLookup.Names(whole).FirstOrDefault(Code.Contains);
        if (code is null || input.ContainsKey(code) || Passes(part, input))
        {
            return null;
        }

        return GoalWords.Calculation().IsMatch(part) || Unused(part, agent, []).Count > 1
            ? $"{agent.Title} works this out only from {code.ToUpperInvariant()} that somebody has written: give it as input.{code}, or ask only to describe the data"
            : null;
    }

    /// <summary>Whether a member of an input takes code.</summary>
    public static bool IsCode(string name) => Code.Contains(name);

    /// <summary>Whether an input has the code that its agent works by.</summary>
    public static bool HasCode(JsonObject input) => input.Any(static member => Code.Contains(member.Key));

    /// <summary>Words of the part that ask for something no step gives: a form, a language, a number of things.</summary>
    public static IEnumerable<LeftOut> Of(string part, DirectoryAgent agent, JsonObject input)
    {
        if (agent.Agent == ModelPrompt.Chat)
        {
            yield break;
        }

        var words = AgentWords.Of(agent);
        var literals = input.Select(
            static member => (member.Value as JsonValue)?.ToString() ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (System.Text.RegularExpressions.Match match in GoalWords.Form().Matches(part))
        {
            var form = GoalWords.Of(match.Groups["form"].Value).ToArray();
            if (!form.Any(literals.Contains) && match.Groups["form"].Value.ToLowerInvariant() is not "json")
            {
                yield return new LeftOut(match.Value, $"{agent.Title} does not give its answer in that form");
            }
        }

        foreach (System.Text.RegularExpressions.Match match in GoalWords.Language().Matches(part))
        {
            if (!words.Any(static word => GoalWords.Alike(word, "translate")))
            {
                yield return new LeftOut(match.Value, $"{agent.Title} does not translate");
            }
        }

        if (Passes(part, input))
        {
            yield break;
        }

        foreach (var (number, noun, phrase) in GoalWords.Counts(part))
        {
            if (!input.Any(member => member.Value is JsonValue value && value.TryGetValue<int>(out var taken) && taken == number)
                && !GoalWords.IsCommon(noun))
            {
                yield return new LeftOut(phrase, $"nothing in the input of {agent.Title} says how many, or it does not take that many");
            }
        }
    }

    /// <summary>Words of the part that neither the agent nor what is known has.</summary>
    public static IReadOnlyList<string> Unused(string part, DirectoryAgent agent, IEnumerable<string> known)
    {
        var words = AgentWords.Of(agent).Concat(known).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var left = GoalWords.Form().Replace(GoalWords.Language().Replace(part, " "), " ");
        return [.. GoalWords.Of(left)
            .Where(
                word =>
                    word.Length > 2 && !GoalWords.IsCommon(word) && !words.Contains(word) && !words.Any(own => GoalWords.Alike(own, word)))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // The agent gets the part's words themselves.
    public static bool Passes(string part, JsonObject input) =>
        input.Any(
            member =>
                member.Value is JsonValue value && value.TryGetValue<string>(out var text)
                    && text.Contains(part, StringComparison.Ordinal));
}

using System.Text.Json;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>The words with which agents describe what they do: they separate the tasks of a goal from their objects. Pure.</summary>
internal sealed class AgentWords(IReadOnlyList<DirectoryAgent> agents)
{
    private const int MaxWords = 5;

    // What agents work on, and how; these name no thing to do by themselves.
    private static readonly HashSet<string> Things = new(
        "text data document file plan sql csv json yaml html markdown xml embedding orchestration workflow message model source chat api http web code table approval map".Split(' '),
        StringComparer.Ordinal);

    private readonly HashSet<string> _skills = [.. agents
        .SelectMany(static agent => agent.Skills.SelectMany(GoalWords.Of).Concat(GoalWords.Of(agent.Title)))
        .Select(GoalWords.Stem)
        .Where(static word => word.Length > 3 && !Things.Contains(word) && !GoalWords.IsCommon(word))];

    /// <summary>Whether a few words without a verb name what some agent does: "keywords", "the entities of the text".</summary>
    public bool IsTask(string words)
    {
        var said = GoalWords.Of(words).Where(static word => !GoalWords.IsCommon(word)).Select(GoalWords.Stem).ToArray();
        return said.Length is > 0 and <= MaxWords && said.Any(Known) && said.All(word => Things.Contains(word) || Known(word));
    }

    private bool Known(string word) => !Things.Contains(word) && _skills.Any(skill => GoalWords.Alike(skill, word));

    /// <summary>All words that an agent's card has.</summary>
    public static IReadOnlyList<string> Of(DirectoryAgent agent) =>
    [
        .. GoalWords.Of(agent.Title), .. GoalWords.Of(agent.Summary), .. agent.Skills.SelectMany(GoalWords.Of),
        .. Words(agent.InputSchema), .. Words(agent.OutputSchema),
    ];

    private static IEnumerable<string> Words(JsonElement schema)
    {
        var whole = new SchemaShape(Schema.Of(schema));
        foreach (var name in ShapeLookup.Names(whole))
        {
            foreach (var word in GoalWords.Of(DataBinding.Spoken(name)))
            {
                yield return word;
            }

            if (ShapeLookup.Member(whole, name) is SchemaShape { Schema: var member })
            {
                foreach (var keyword in (string[])["title", "description"])
                {
                    if (member.Word(keyword) is { ValueKind: JsonValueKind.String } text)
                    {
                        foreach (var word in GoalWords.Of(text.GetString()!))
                        {
                            yield return word;
                        }
                    }
                }
            }
        }
    }
}

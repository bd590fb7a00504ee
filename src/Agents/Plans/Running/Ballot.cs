using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Counts what agents say. Pure.</summary>
internal static class Ballot
{
    /// <summary>The answer that most agree on, at least a quorum of them.</summary>
    /// <exception cref="AgentFailedException">There is no such answer, or a tie that the plan does not break.</exception>
    public static JsonElement Count(VoteStep vote, IReadOnlyList<JsonElement?> answers)
    {
        var parties = new List<(JsonElement Said, JsonElement Answer, int Votes)>();
        foreach (var answer in answers.OfType<JsonElement>())
        {
            if (Pointer.Find(answer, vote.On) is not { } said)
            {
                continue;
            }

            var party = parties.FindIndex(each => JsonEquality.Instance.Equals(each.Said, said));
            if (party < 0)
            {
                parties.Add((said, answer, 1));
            }
            else
            {
                parties[party] = parties[party] with { Votes = parties[party].Votes + 1 };
            }
        }

        var most = parties.Count == 0 ? 0 : parties.Max(static party => party.Votes);
        if (most < vote.Quorum)
        {
            throw new AgentFailedException(
                $"In step {vote.Id} at most {most} of {vote.Agents.Count} agents agreed; {vote.Quorum} are needed.")
            {
                Code = "no_quorum",
            };
        }

        var first = parties.Where(party => party.Votes == most).ToList();
        return first.Count == 1 || vote.FirstOnTie
            ? first[0].Answer
            : throw new AgentFailedException($"In step {vote.Id} the vote is tied.") { Code = "vote_tied" };
    }
}

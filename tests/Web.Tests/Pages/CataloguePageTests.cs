using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Pages;

/// <summary>What the catalogue says of what it found.</summary>
public sealed class CataloguePageTests(WebNode node)
{
    [Fact]
    public async Task Count_OfOneAgent_IsInTheSingular()
    {
        using var visitor = node.Visitor();
        var platform = (await visitor.GetAsync<ListOf<AgentListing>>("agents?limit=100")).Items;
        var alone = platform.Where(static agent => agent.Provider == "orkestron").SelectMany(static agent => agent.Skills)
            .GroupBy(static skill => skill)
            .First(skill => skill.Count() == 1 && platform.Count(agent => agent.Skills.Contains(skill.Key)) == 1).Key;

        var page = await PageForm.GetAsync(visitor, node.Address, $"/agents?skill={Uri.EscapeDataString(alone)}");

        Assert.Equal("1 agent matches", page.Document.QuerySelector("p.count")!.TextContent);
    }
}

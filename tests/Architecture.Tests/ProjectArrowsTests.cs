using System.Reflection;

namespace Orkestron.Architecture.Tests;

/// <summary>Which project may know which, in the compiled assemblies.</summary>
public sealed class ProjectArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orkestron.Contracts"] = [],
        ["Orkestron.Workflow"] = ["Orkestron.Contracts"],
        ["Orkestron.Domain"] = ["Orkestron.Contracts", "Orkestron.Schemas", "Orkestron.Workflow"],
        ["Orkestron.GrainInterfaces"] = ["Orkestron.Domain"],
        ["Orkestron.Journal"] = [],
        ["Orkestron.Schemas"] = ["Orkestron.Contracts"],
        ["Orkestron.Agents"] = ["Orkestron.Contracts", "Orkestron.Schemas", "Orkestron.Workflow"],
        ["Orkestron.Sdk"] = ["Orkestron.Contracts", "Orkestron.Workflow"],
        ["Orkestron.Grains"] =
        [
            "Orkestron.Contracts", "Orkestron.Domain", "Orkestron.GrainInterfaces", "Orkestron.Journal", "Orkestron.Workflow",
        ],
        ["Orkestron.Silo"] =
        [
            "Orkestron.Agents", "Orkestron.Contracts", "Orkestron.Domain", "Orkestron.GrainInterfaces", "Orkestron.Grains",
            "Orkestron.Journal", "Orkestron.Workflow",
        ],
        ["Orkestron.Worker"] = ["Orkestron.Agents"],
        ["Orkestron.Web"] =
        [
            "Orkestron.Contracts", "Orkestron.Domain", "Orkestron.GrainInterfaces", "Orkestron.Schemas", "Orkestron.Silo",
        ],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_Always_KnowsOnlyWhatItMay(string project)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies()
            .Select(each => each.Name!)
            .Where(name => name.StartsWith("Orkestron.", StringComparison.Ordinal));

        Assert.Empty(known.Except(Allowed[project]));
    }

    [Theory]
    [InlineData("Orkestron.Journal", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Contracts", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Schemas", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Agents", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Workflow", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Domain", "Orleans.Core", "Orleans.Runtime", "Microsoft.Extensions", "Microsoft.AspNetCore", "Npgsql")]
    [InlineData("Orkestron.GrainInterfaces", "Orleans.Runtime", "Microsoft.AspNetCore")]
    [InlineData("Orkestron.Grains", "Microsoft.AspNetCore.Http", "Npgsql")]
    public void Project_Always_StaysFreeOf(string project, params string[] foreign)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(each => each.Name!);

        Assert.DoesNotContain(known, name => foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void Projects_InTheSourceFolder_AreAllListed()
    {
        var found = SourceTree.Files("src", ".csproj").Select(static file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(Allowed.Keys.Order(), found.Order());
    }
}

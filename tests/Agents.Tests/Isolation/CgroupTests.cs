using Orkestron.Agents.Isolation;

namespace Orkestron.Agents.Tests.Isolation;

public sealed class CgroupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("orkestron-cgroup-").FullName;

    [Fact]
    public void Find_WithTheParentOfTheOwnGroup_TakesItAndTurnsItsControllersOn()
    {
        var service = Group("system.slice/orkestron.service", "cpu memory pids");

        Assert.Equal(service, Cgroup.Find(null, _root, "0::/system.slice/orkestron.service/node\n"));
        Assert.Equal("+memory +cpu +pids", File.ReadAllText(Path.Combine(service, "cgroup.subtree_control")));
    }

    [Theory]
    [InlineData("cpu pids", "0::/a/node\n")]
    [InlineData("cpu memory", "0::/\n")]
    [InlineData("cpu memory", "4:memory:/a/node\n")]
    [InlineData("cpu memory", "0::/other/node\n")]
    public void Find_WithoutAGroupThatHoldsMemory_FindsNone(string controllers, string own)
    {
        Group("a", controllers);

        Assert.Null(Cgroup.Find(null, _root, own));
    }

    [Fact]
    public void Create_Always_HoldsMemoryAndTakesTheProcessIn()
    {
        var parent = Group("wanted", "memory");

        Assert.NotNull(Cgroup.Create(Cgroup.Find(parent, _root, "")!, 4711, 512));

        var group = Path.Combine(parent, "orkestron-worker-4711");
        Assert.Equal("536870912", File.ReadAllText(Path.Combine(group, "memory.max")));
        Assert.Equal("4711", File.ReadAllText(Path.Combine(group, "cgroup.procs")));
    }

    [Theory]
    [InlineData("low 0\noom 3\noom_kill 0\n", false)]
    [InlineData("low 0\noom 3\noom_kill 2\n", true)]
    [InlineData("", false)]
    public void OutOfMemory_Always_IsWhatTheKernelCounted(string events, bool killed)
    {
        var group = Cgroup.Create(Group("wanted", "memory"), 1, 512)!;
        File.WriteAllText(Path.Combine(_root, "wanted/orkestron-worker-1/memory.events"), events);

        Assert.Equal(killed, group.OutOfMemory);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Group(string name, string controllers)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), controllers + "\n");
        return folder;
    }
}

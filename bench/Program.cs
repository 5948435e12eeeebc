using EquityBot.Bench;

if (args is ["stand-in", var limits])
{
    await BenchStandIn.ServeAsync(limits == "limits");
    return;
}

if (args is ["hello"])
{
    await TeamsPeer.HelloAsync();
    return;
}

await Rounds.RunAsync(args);

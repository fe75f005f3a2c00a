import sys; sys.path.insert(0,'bench')
import _plans, _mpxj, time
for n in (1000,10000):
    t=time.process_time(); p=_plans.random_plan(n); print(n,len(p.links),_plans.depth(p),time.process_time()-t)
    t=time.process_time()
    pr,ts=_mpxj.built(p); print('build',time.process_time()-t)
    print([round(_mpxj.run(pr,p),3) for _ in range(4)])
    d={u:_mpxj._dates(t) for u,t in ts.items()}
    print(max(x.finish for x in d.values()), d[1], d[n])

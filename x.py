import sys; sys.path.insert(0,'bench')
import _plans,_mpxj,time
from planengine import *
from collections import Counter
for n in (1000,10000):
    p=_plans.random_plan(n)
    t=time.process_time(); s=schedule(p); print('ms',(time.process_time()-t)*1000)
    t=time.process_time(); s=schedule(p,checked=True); print('ms',(time.process_time()-t)*1000)
    m=_mpxj.scheduled(p)
    print('finish',s.finish, max(x.finish for x in m.values()))
    A={a.uid:a for a in p.activities}
    pred={};succ={}
    for l in p.links: pred.setdefault(l.successor,[]).append(l); succ.setdefault(l.predecessor,[]).append(l)
    for names,back in ((('early_start','early_finish'),pred),(('late_start','late_finish'),succ)):
        d={u for u in A if any(abs(getattr(s[u],k)-getattr(m[u],k))>17 for k in names)}
        print(names,len(d),100*len(d)/n)
        roots=[u for u in d if not any((l.predecessor if back is pred else l.successor) in d for l in back.get(u,[]))]
        c=Counter((A[u].duration==0,A[u].calendar) for u in roots); print(len(roots),c)
        for u in roots[:8]:
            print('  ',u,A[u].duration//3600,A[u].calendar,[(k,moment(getattr(s[u],k)).strftime('%a %d%b%y %H:%M'),moment(getattr(m[u],k)).strftime('%a %d%b%y %H:%M')) for k in names])
            for l in back.get(u,[]):
                o=l.predecessor if back is pred else l.successor
                print('        ',l.kind,l.lag/3600,'other',o,A[o].duration//3600,A[o].calendar,[moment(getattr(s[o],k)).strftime('%a %d%b %H:%M') for k in names])

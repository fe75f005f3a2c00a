import sys; sys.path.insert(0,'bench'); sys.path.insert(0,'.')
import _mpxj
from pathlib import Path
from tests.planengine.cases.table import read
from tests.planengine.cases.test_cases import _meant
from planengine import *
for p in sorted(Path('tests/planengine/cases').glob('*.md')):
    for c in read(p):
        if c.fails or c.reschedule or c.plan.options.profile=='p6' or c.plan.schedule_from!='start' or c.plan.assignments: continue
        if any(a.gaps or a.progress!=NOT_STARTED or a.mode=='manual' or a.levelling_delay or not a.active for a in c.plan.activities): continue
        if not c.plan.options.honor_constraints or c.plan.options.multiple_critical_paths: continue
        try:
            pr,ts=_mpxj.built(c.plan); _mpxj.run(pr,c.plan)
        except Exception as e: print('ERR',c.title,str(e)[:200]); continue
        for r in c.expected:
            t=ts[c.uids[r['activity']]]; d=_mpxj._dates(t)
            for col,text in r.items():
                if col in('activity','critical','free slack') or not text: continue
                if col=='total slack':
                    s=t.getTotalSlack(); s=str(s)
                    got=t.getTotalSlack().convertUnits(__import__('jpype').JClass('org.mpxj.TimeUnit').MINUTES,pr.getProjectProperties()).getDuration()*60
                    if abs(got-_meant(col,text))>1: print(p.stem,'|',c.title,'|',r['activity'],col,'mpxj',s,'hand',text)
                    continue
                got=getattr(d,col.replace(' ','_'))
                got=moment(got)
                if got!=_meant(col,text): print(p.stem,'|',c.title,'|',r['activity'],col,'mpxj',got.strftime('%a %d %b %H:%M'),'hand',text)
